-- Who reads an upload, and until when it is believed to: a process that ends over it leaves its mark.
ALTER TABLE uploads
  ADD COLUMN reader        uuid,
  ADD COLUMN reading_until timestamptz(3),
  ADD CHECK ((reader IS NULL) = (reading_until IS NULL));
