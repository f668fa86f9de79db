"""Files of records: written durably, read back, exported, compared."""
