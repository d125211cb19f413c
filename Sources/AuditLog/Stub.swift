enum AuditLogStub {}
