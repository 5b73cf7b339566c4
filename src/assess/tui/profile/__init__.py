"""The profile: unit, systems, people, checklists, facts."""
