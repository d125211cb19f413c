enum TrainingStub {}
