-- The context of a request, as row-level security sees it. One value is set, the user; all else is read
-- from the tables by functions that run as their owner, so that nobody can claim another agency or reach.
-- No context means NULL everywhere, hence no rows. All but the first are in plpgsql, which keeps their plans for
-- as long as the connection lives: in plain SQL each statement of the web planned them again, 0.2 to 0.5 ms each.

CREATE OR REPLACE FUNCTION krama_user() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('krama.user', true), '')::bigint $$;

CREATE OR REPLACE FUNCTION krama_agency() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN RETURN (
   SELECT agency_id FROM access_user WHERE id = krama_user() AND is_active); END $$;

-- The agency whose every unsealed case the user supervises, else NULL.
CREATE OR REPLACE FUNCTION krama_reach_agency() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN RETURN (
   SELECT u.agency_id FROM access_user u JOIN access_rolereach r ON r.role = u.role
   WHERE u.id = krama_user() AND u.is_active AND r.reach = 'agency'); END $$;

-- The sites where the user is on duty, for roles that reach a site; empty for all others.
CREATE OR REPLACE FUNCTION krama_reach_sites() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN RETURN (
   SELECT coalesce(array_agg(us.site_id), '{}') FROM access_user u
   JOIN access_rolereach r ON r.role = u.role JOIN access_user_sites us ON us.user_id = u.id
   JOIN access_site s ON s.id = us.site_id AND s.agency_id = u.agency_id
   WHERE u.id = krama_user() AND u.is_active AND r.reach = 'site'); END $$;

-- Cases whose team the user is on now.
CREATE OR REPLACE FUNCTION krama_team_cases() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN RETURN (
   SELECT coalesce(array_agg(t.case_id), '{}') FROM access_teammember t
   JOIN access_user u ON u.id = t.user_id AND u.is_active JOIN access_rolereach r ON r.role = u.role
   WHERE t.user_id = krama_user() AND r.reach <> 'none'
     AND t.since <= statement_timestamp() AND (t.until IS NULL OR t.until > statement_timestamp())); END $$;

-- Unsealed cases that a live consent grant opens to the user's agency now.
CREATE OR REPLACE FUNCTION krama_granted_cases() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN RETURN (
   SELECT coalesce(array_agg(g.case_id), '{}') FROM access_consentgrant g
   JOIN access_user u ON u.id = krama_user() AND u.is_active AND u.agency_id = g.agency_id
   JOIN access_rolereach r ON r.role = u.role AND r.reach <> 'none'
   JOIN access_casescope s ON s.id = g.case_id AND NOT s.sealed
   WHERE g.since <= statement_timestamp() AND g.until > statement_timestamp()
     AND (g.revoked_at IS NULL OR g.revoked_at > statement_timestamp())); END $$;

-- May the user put someone on this case's team? On a case that is seen already, or on one that the user
-- has just opened and that has no team yet. Never on anybody else's: nobody grants themselves a case.
CREATE OR REPLACE FUNCTION krama_may_staff(wanted uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN RETURN (
   SELECT EXISTS (
     SELECT 1 FROM access_casescope s WHERE s.id = wanted AND (
       (s.agency_id = krama_reach_agency() AND NOT s.sealed)
       OR (s.site_id = ANY (krama_reach_sites()) AND NOT s.sealed)
       OR s.id = ANY (krama_team_cases())
       OR (s.opened_by_id = krama_user()
           AND NOT EXISTS (SELECT 1 FROM access_teammember t WHERE t.case_id = s.id))))); END $$;

-- May the user's case be about this person? One whom nobody knows yet, or one who is seen in a case of the own
-- agency. Never somebody else's: a case of one's own about them would open who they are.
CREATE OR REPLACE FUNCTION krama_may_open(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT NOT EXISTS (SELECT 1 FROM access_casescope s WHERE s.person_id = wanted)
     OR EXISTS (SELECT 1 FROM access_casescope s WHERE s.person_id = wanted AND (
       (s.agency_id = krama_reach_agency() AND NOT s.sealed)
       OR (s.site_id = ANY (krama_reach_sites()) AND NOT s.sealed)
       OR s.id = ANY (krama_team_cases()))) $$;

-- The agency whose case work the user takes part in; NULL for roles that meet no case.
CREATE OR REPLACE FUNCTION krama_case_agency() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN RETURN (
   SELECT u.agency_id FROM access_user u JOIN access_rolereach r ON r.role = u.role
   WHERE u.id = krama_user() AND u.is_active AND r.reach <> 'none'); END $$;
