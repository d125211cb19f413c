enum HeadCTStub {}
