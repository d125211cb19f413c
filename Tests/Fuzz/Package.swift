// swift-tools-version: 6.3

// Fuzz targets for what reads hostile bytes. A package of its own, so that the product is never
// built with sanitizers; its sources are links to the product's. Built and run by Deploy/fuzz.

import PackageDescription

let package = Package(
    name: "federated-head-ct",
    targets: [
        .systemLibrary(name: "CCharLS"),
        .systemLibrary(name: "COpenJPEG"),
        .systemLibrary(name: "CZlib"),
        .target(name: "DICOM", dependencies: ["CCharLS", "COpenJPEG", "CZlib"]),
        .target(name: "HeadCT", dependencies: ["CZlib", "DICOM"]),
        .executableTarget(
            name: "Fuzz",
            dependencies: ["DICOM", "HeadCT"],
            // libFuzzer brings the main function.
            swiftSettings: [.unsafeFlags(["-parse-as-library"])]
        ),
    ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            .strictMemorySafety(),
        ]
}
