-- Beds of a site of the caller's own agency in which somebody sleeps now. Tells that a bed is taken, not by whom.
CREATE OR REPLACE FUNCTION krama_occupied_beds(site bigint) RETURNS TABLE (bed_id integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.bed_id FROM shelter_stay s JOIN shelter_bed b ON b.number = s.bed_id
  JOIN shelter_room r ON r.id = b.room_id
  WHERE r.site_id = site AND r.agency_id = krama_case_agency() AND s.during @> statement_timestamp() $$;
