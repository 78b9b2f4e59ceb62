"""Pure: from campaigns to what is due now."""
