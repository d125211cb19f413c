enum DashboardStub {}
