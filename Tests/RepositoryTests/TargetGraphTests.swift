import Testing

/// The target graph carries half of the privacy promise.
@Suite struct TargetGraphTests {
    private static let network = [
        "AsyncHTTPClient", "Hummingbird", "HummingbirdTLS", "NIOCore", "NIOHTTP1", "NIOPosix",
        "NIOSSL",
    ]

    @Test func `the control half reaches no image and the data half no network`() async throws {
        let graph = try await TargetGraph.read()
        for target in [
            "WireProtocol", "CoordinatorServer", "CoordinatorStore", "Dashboard", "FederationDemo",
            "fedcoordinator", "fedcompare",
        ] where graph.names.contains(target) {
            let images = graph.reach(of: target).intersection([
                "DICOM", "DICOMNetworking", "HeadCT", "Deidentification", "Training", "SiteAgent",
            ])
            #expect(images.isEmpty, "\(target) reaches \(images.sorted())")
        }
        for target in ["DICOM", "Deidentification", "HeadCT", "Training"]
        where graph.names.contains(target) {
            let network = graph.products(of: target).intersection(Self.network)
            #expect(network.isEmpty, "\(target) reaches \(network.sorted())")
            #expect(!graph.reach(of: target).contains("DICOMNetworking"))
        }
        for target in ["DICOM", "Deidentification", "HeadCT", "Training"] {
            let impure = graph.reach(of: target).intersection(["Confinement", "COpenSSL"])
            #expect(impure.isEmpty, "\(target) reaches \(impure.sorted())")
        }
        #expect(graph.reach(of: "Deidentification").contains("DICOM"), "the graph was not read")
    }
}
