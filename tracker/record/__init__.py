"""The record: canonical payloads, the chain, the triggers that freeze it, the copies that follow, verification."""
