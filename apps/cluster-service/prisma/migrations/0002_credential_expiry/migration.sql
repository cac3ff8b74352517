ALTER TABLE clusters ADD COLUMN credential_expires_at timestamptz(3);
