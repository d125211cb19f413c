import AuditLog
import AuditedDatabase
import GRDB

/// The coordinator's schema as named steps, in order, each applied once and never changed.
enum CoordinatorMigrations {
    static func migrator(_ clock: any AuditClock) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("001-sites", migrate: SitesMigration.apply)
        migrator.registerMigration("002-plans", migrate: PlansMigration.apply)
        migrator.registerMigration("003-runs", migrate: RunsMigration.apply)
        migrator.registerMigration("004-audit", migrate: AuditTable.create)
        migrator.registerMigration("005-checkpoints", migrate: CheckpointsMigration.apply)
        migrator.registerMigration("006-run-state", migrate: RunStateMigration.apply)
        migrator.registerMigration("007-audit-tree") {
            try AuditTree.adopt($0, name: CoordinatorStore.auditLog, at: clock.stamp())
        }
        migrator.registerMigration("008-operation", migrate: OperationMigration.apply)
        migrator.registerMigration("009-certificates", migrate: CertificatesMigration.apply)
        migrator.registerMigration("010-clocks", migrate: ClocksMigration.apply)
        migrator.registerMigration("011-accounts", migrate: AccountsMigration.apply)
        return migrator
    }
}
