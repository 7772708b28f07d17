"""Text in, `Understanding` out: what a tenant wants, where, when and how badly. Pure: no repository, no clock."""
