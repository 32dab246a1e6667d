-- The one figure that a donor sees until reports are published: people with a case, rounded down to fives,
-- NULL below eleven. It runs as owner, so that a role without any case can be told it.
CREATE OR REPLACE FUNCTION krama_people_served() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN count(DISTINCT person_id) < 11 THEN NULL ELSE count(DISTINCT person_id) / 5 * 5 END
  FROM casework_case WHERE krama_user() IS NOT NULL $$;
