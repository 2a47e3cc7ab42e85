"""Questions: schema, loading, resolved form."""
