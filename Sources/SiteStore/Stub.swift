enum SiteStoreStub {}
