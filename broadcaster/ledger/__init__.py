"""The as-run ledger."""
