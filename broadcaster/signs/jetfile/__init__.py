"""Signs that speak JetFile II."""
