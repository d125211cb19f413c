enum FederationDemoStub {}
