-- "Is it free then, and from when?" Active allocations of a resource never overlap, so the last one that
-- starts before a time tells, and one probe of this index finds it. `occupies` is included so that the
-- index alone answers: PostgreSQL does not see that an indexed expression holds its bounds.
create index allocation_by_start on allocation (resource_id, lower(occupies)) include (occupies) where active;
