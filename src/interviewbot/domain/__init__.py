"""The ground floor: standard library only, no IO, clock, dice or async."""
