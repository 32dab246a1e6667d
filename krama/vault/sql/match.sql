-- Possible duplicates: sealed values of persons of the caller's own agency who share a blinded token.
-- The tokens table itself cannot be read; sealed cases never appear; a token shared by more than 60
-- persons is too common to mean anything and is passed over.
CREATE OR REPLACE FUNCTION krama_match(wanted integer[]) RETURNS TABLE (
  person_id uuid, case_id uuid, sex text, province text,
  family_km bytea, given_km bytea, family_latin bytea, given_latin bytea, nickname bytea,
  birth_from bytea, birth_to bytea, id_number bytea, village bytea, phone bytea,
  identity_key bytea, identity_agency bigint, location_key bytea, location_agency bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH hits AS (
    SELECT t.token, array_agg(DISTINCT t.person_id) AS persons FROM vault_matchtoken t
    WHERE t.agency_id = krama_case_agency() AND t.token = ANY (wanted) GROUP BY t.token HAVING count(*) <= 60),
  persons AS (SELECT DISTINCT unnest(persons) AS id FROM hits)
  SELECT DISTINCT ON (p.id) p.id, s.id, p.sex, p.province,
    i.family_km, i.given_km, i.family_latin, i.given_latin, i.nickname, i.birth_from, i.birth_to, i.id_number,
    c.village, c.phone, ki.wrapped, ki.agency_id, kl.wrapped, kl.agency_id
  FROM persons h JOIN vault_person p ON p.id = h.id
  JOIN access_casescope s ON s.person_id = p.id AND NOT s.sealed AND s.agency_id = krama_case_agency()
  JOIN vault_identity i ON i.person_id = p.id
  LEFT JOIN vault_contact c ON c.person_id = p.id
  LEFT JOIN vault_datakey ki ON ki.subject = p.id AND ki."group" = 'identity'
  LEFT JOIN vault_datakey kl ON kl.subject = p.id AND kl."group" = 'location'
  ORDER BY p.id, s.id LIMIT 2000 $$;
