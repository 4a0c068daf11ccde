"""The sealed documents: one frozen value per record, serialised whole and encrypted once."""
