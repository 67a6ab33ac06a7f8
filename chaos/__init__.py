"""Kills Berth's processes at random under load, and proves afterwards that nothing was lost or done twice."""
