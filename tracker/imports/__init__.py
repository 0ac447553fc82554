"""Doors through which data come in."""
