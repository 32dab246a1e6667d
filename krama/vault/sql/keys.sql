-- The agencies under whose keys something is sealed: their ids, for the health check, and nothing about the records.
CREATE OR REPLACE FUNCTION krama_sealing_agencies() RETURNS TABLE (agency_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id FROM access_agency a WHERE EXISTS (SELECT 1 FROM vault_datakey k WHERE k.agency_id = a.id) $$;
