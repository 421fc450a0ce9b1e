"""The world outside: one vendor, one room, errors translated."""
