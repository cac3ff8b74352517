create table tenants (name text);
insert into tenants values ('first tenant');
