enum CoordinatorStoreStub {}
