"""What happens in the world: scenario, community, week by week, record."""
