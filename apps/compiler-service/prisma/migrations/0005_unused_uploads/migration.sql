-- When an upload that nothing is made of goes; null where it stays.
ALTER TABLE uploads ADD COLUMN goes_at timestamptz(3);
