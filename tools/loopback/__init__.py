"""A server on loopback that speaks the Chat Completions protocol, and misbehaves on request."""
