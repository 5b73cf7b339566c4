"""The first start, and the repair of assess.yaml."""
