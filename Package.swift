// swift-tools-version: 6.3

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let asyncHTTPClient = Target.Dependency.product(
    name: "AsyncHTTPClient",
    package: "async-http-client"
)
let certificates = Target.Dependency.product(name: "X509", package: "swift-certificates")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let database = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle",
    package: "swift-service-lifecycle"
)
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioConcurrencyHelpers = Target.Dependency.product(
    name: "NIOConcurrencyHelpers",
    package: "swift-nio"
)
let nioExtras = Target.Dependency.product(name: "NIOExtras", package: "swift-nio-extras")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(
    name: "NIOHTTPTypes",
    package: "swift-nio-extras"
)
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let unixSignals = Target.Dependency.product(
    name: "UnixSignals",
    package: "swift-service-lifecycle"
)
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "federated-head-ct",
    products: [
        .executable(name: "fedagent", targets: ["fedagent"]),
        .executable(name: "fedcoordinator", targets: ["fedcoordinator"]),
        .executable(name: "fedcompare", targets: ["fedcompare"]),
        .executable(name: "conformance", targets: ["conformance"]),
        .executable(name: "benchmarks", targets: ["benchmarks"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // MARK: C: system libraries from Debian's -dev packages, and our hot loops.
        .systemLibrary(name: "CCharLS", providers: [.apt(["libcharls-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
        .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "COpenJPEG", providers: [.apt(["libopenjp2-7-dev"])]),
        .systemLibrary(name: "CTimex"),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CKernels"),
        .target(name: "CConfinement"),

        // MARK: Pure: values in, values out; no clock, no network, no database.
        .target(name: "CanonicalJSON"),
        .target(name: "Durability"),
        .target(name: "Tensors", dependencies: ["COpenBLAS", "CKernels", "Durability"]),
        .target(name: "DICOM", dependencies: ["CCharLS", "COpenJPEG", "CZlib"]),
        .target(name: "NeuralNetwork", dependencies: ["Tensors", "CKernels", "COneDNN"]),
        .target(
            name: "Deidentification",
            dependencies: ["AuditLog", "CanonicalJSON", "DICOM", crypto]
        ),
        .target(name: "HeadCT", dependencies: ["DICOM", "Tensors", "CZlib", crypto]),
        .target(
            name: "Federation",
            dependencies: ["CanonicalJSON", "Tensors", crypto, yaml]
        ),
        .target(name: "Evaluation", dependencies: ["CanonicalJSON"]),
        .target(
            name: "WireProtocol",
            dependencies: [
                "CanonicalJSON", "Durability", "Evaluation", "Federation", "Tensors", crypto,
            ]
        ),

        // MARK: Mid: built from the pure ones, still without a network.
        .target(
            name: "Training",
            dependencies: ["Evaluation", "HeadCT", "NeuralNetwork", "Tensors"]
        ),
        .target(name: "EnvelopedData", dependencies: ["COpenSSL", "Deidentification"]),
        .target(name: "TimeStamping", dependencies: ["COpenSSL"]),
        .target(name: "AuditLog", dependencies: ["CanonicalJSON", crypto]),
        .target(
            name: "Identity",
            dependencies: ["CTimex", "CanonicalJSON", asn1, certificates, crypto, cryptoExtras]
        ),

        // MARK: I/O: databases, servers, clients, pages, processes.
        .target(name: "Confinement", dependencies: ["CConfinement"]),
        .target(name: "ProcessResources", dependencies: ["CMalloc", nioCore, nioPosix]),
        .target(name: "ConfinedDecoding", dependencies: ["Confinement", "DICOM"]),
        .target(name: "AuditedDatabase", dependencies: ["AuditLog", "Durability", database]),
        .target(
            name: "AuditCommands",
            dependencies: [
                "AuditLog", "AuditedDatabase", "CanonicalJSON", "TimeStamping", argumentParser,
                nioCore, nioPosix, nioSSL,
            ]
        ),
        .target(
            name: "CoordinatorStore",
            dependencies: [
                "AuditLog", "AuditedDatabase", "CanonicalJSON", "Evaluation", "Federation",
                database,
            ]
        ),
        .target(
            name: "CoordinatorServer",
            dependencies: [
                "AuditLog", "AuditedDatabase", "CanonicalJSON", "CoordinatorStore", "Durability",
                "Evaluation",
                "Federation", "Identity", "NeuralNetwork", "ProcessResources", "Tensors",
                "WireProtocol", asn1, asyncHTTPClient, certificates, crypto,
                httpTypes, hummingbird, hummingbirdCore, jwtKit, lifecycle, logging,
                nioCore, nioHTTP1, nioHTTPTypes, nioPosix, nioSSL, nioTLS, yaml,
            ]
        ),
        .target(name: "Dashboard", dependencies: ["Evaluation"]),
        .target(
            name: "SiteStore",
            dependencies: ["AuditLog", "AuditedDatabase", "CanonicalJSON", crypto, database]
        ),
        .target(
            name: "DICOMNetworking",
            dependencies: [
                "DICOM", asyncHTTPClient, crypto, nioCore, nioHTTP1, nioPosix, nioSSL,
            ]
        ),
        .target(
            name: "SiteAgent",
            dependencies: [
                "AuditLog", "AuditedDatabase", "CanonicalJSON", "Confinement", "DICOM",
                "DICOMNetworking", "Deidentification", "Durability", "EnvelopedData", "Evaluation",
                "Federation", "HeadCT", "Identity", "NeuralNetwork", "ProcessResources",
                "SiteStore", "Tensors", "Training", "WireProtocol", asn1, asyncHTTPClient,
                certificates, crypto, lifecycle, logging, nioConcurrencyHelpers, nioCore, nioExtras,
                nioHTTP1, nioPosix, nioSSL,
                yaml,
            ]
        ),
        .target(
            name: "PeopleClient",
            dependencies: [
                "Identity", "WireProtocol", asyncHTTPClient, crypto, nioCore, nioHTTP1, nioPosix,
                nioSSL,
            ]
        ),
        .target(
            name: "FederationDemo",
            dependencies: [
                "CanonicalJSON", "CoordinatorServer", "CoordinatorStore", "Dashboard",
                "Durability", "Evaluation", "Federation", "Identity", subprocess, system,
                unixSignals, yaml,
            ]
        ),

        // MARK: Executables: argument parsing, configuration, services.
        .executableTarget(
            name: "fedagent",
            dependencies: [
                "AuditCommands", "AuditLog", "AuditedDatabase", "CanonicalJSON",
                "ConfinedDecoding", "Confinement", "DICOM", "DICOMNetworking", "Deidentification",
                "Durability", "EnvelopedData", "Federation", "HeadCT", "Identity",
                "ProcessResources", "SiteAgent", "SiteStore",
                argumentParser, crypto, lifecycle, logging, unixSignals, yaml,
            ]
        ),
        .executableTarget(
            name: "fedcoordinator",
            dependencies: [
                "AuditCommands", "AuditLog", "AuditedDatabase", "CanonicalJSON",
                "CoordinatorServer", "CoordinatorStore", "Durability", "Evaluation", "Federation",
                "FederationDemo", "Identity", "ProcessResources", "Tensors", "WireProtocol",
                argumentParser, lifecycle, logging, unixSignals,
            ]
        ),
        .executableTarget(
            name: "fedcompare",
            dependencies: [
                "CanonicalJSON", "Dashboard", "Evaluation", "Federation", "PeopleClient",
                "WireProtocol", argumentParser,
            ]
        ),
        .executableTarget(
            name: "conformance",
            dependencies: [
                "AuditLog", "CanonicalJSON", "Evaluation", "Federation", "WireProtocol",
                argumentParser,
            ]
        ),
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "AuditLog", "CCharLS", "CanonicalJSON", "ConfinedDecoding", "Confinement",
                "CoordinatorServer", "CoordinatorStore", "DICOM", "Deidentification",
                "Evaluation", "Federation", "HeadCT", "Identity", "NeuralNetwork",
                "ProcessResources", "SiteAgent", "SiteStore", "Tensors", "Training",
                "WireProtocol",
                argumentParser, asyncHTTPClient, crypto, httpTypes, hummingbird, hummingbirdTLS,
                lifecycle, logging, nioCore, nioHTTP1, nioPosix, nioSSL, subprocess, system,
                unixSignals,
            ]
        ),

        // MARK: Tests.
        .target(
            name: "TestSupport",
            dependencies: [nioConcurrencyHelpers, nioCore, nioPosix],
            path: "Tests/TestSupport"
        ),
        .target(
            name: "FederationSimulator",
            dependencies: ["AuditLog", "Federation", "Tensors"],
            path: "Tests/FederationSimulator"
        ),
        .executableTarget(
            name: "killmatrix",
            dependencies: [
                "AuditLog", "AuditedDatabase", "CoordinatorServer", "CoordinatorStore",
                "Durability", "Federation", "FederationSimulator", "Identity", "SiteAgent",
                "SiteStore", argumentParser, lifecycle, logging, unixSignals, yaml,
            ],
            path: "Tests/KillMatrix"
        ),
        .testTarget(
            name: "AuditCommandsTests",
            dependencies: [
                "AuditCommands", "AuditLog", "CanonicalJSON", "TestSupport", "TimeStamping",
                nioConcurrencyHelpers, nioCore, nioPosix, nioSSL, subprocess, system,
            ],
            exclude: ["atna.rng"]
        ),
        .testTarget(
            name: "AuditLogTests",
            dependencies: ["AuditLog", "TestSupport"],
            exclude: ["Vectors"]
        ),
        .testTarget(name: "CanonicalJSONTests", dependencies: ["CanonicalJSON", "TestSupport"]),
        .testTarget(
            name: "CoordinatorServerTests",
            dependencies: [
                "AuditLog", "AuditedDatabase", "CanonicalJSON", "CoordinatorServer",
                "CoordinatorStore", "Evaluation", "Federation", "Identity", "PeopleClient",
                "SiteAgent", "SiteStore", "Tensors", "TestSupport", "WireProtocol", asn1,
                asyncHTTPClient, certificates, crypto, database, hummingbird, hummingbirdTLS,
                jwtKit,
                lifecycle, logging,
                nioConcurrencyHelpers,
                nioCore, nioHTTP1, nioPosix, nioSSL, subprocess, system,
            ]
        ),
        .testTarget(
            name: "CoordinatorStoreTests",
            dependencies: ["AuditLog", "AuditedDatabase", "CoordinatorStore", "TestSupport"]
        ),
        .executableTarget(
            name: "confinement-probe",
            dependencies: ["ConfinedDecoding", "Confinement", "DICOM"],
            path: "Tests/ConfinementProbe"
        ),
        .testTarget(name: "ConfinementTests", dependencies: ["Confinement"]),
        .testTarget(
            name: "DICOMTests",
            dependencies: [
                "ConfinedDecoding", "Confinement", "DICOM", "TestSupport", "confinement-probe",
                crypto,
            ]
        ),
        .testTarget(
            name: "DICOMNetworkingTests",
            dependencies: [
                "DICOM", "DICOMNetworking", "TestSupport", nioCore, nioHTTP1,
                nioPosix, nioSSL,
                subprocess, system,
            ]
        ),
        .testTarget(
            name: "DashboardTests",
            dependencies: ["Dashboard", "TestSupport"],
            exclude: ["Vectors"]
        ),
        .testTarget(
            name: "DeidentificationTests",
            dependencies: ["CanonicalJSON", "DICOM", "Deidentification", "TestSupport", crypto]
        ),
        .testTarget(
            name: "EnvelopedDataTests",
            dependencies: ["DICOM", "Deidentification", "EnvelopedData", "TestSupport", subprocess]
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "CanonicalJSON", "DICOM", "Evaluation", "HeadCT", "TestSupport", "WireProtocol",
                crypto, nioConcurrencyHelpers, nioCore, nioPosix, nioSSL, subprocess, yaml,
            ],
            exclude: ["Hospitals"]
        ),
        .testTarget(name: "DurabilityTests", dependencies: ["Durability"]),
        .testTarget(
            name: "EvaluationTests",
            dependencies: ["Evaluation", "TestSupport"],
            exclude: ["Vectors"]
        ),
        .testTarget(
            name: "FederationSimulatorTests",
            dependencies: ["Federation", "FederationSimulator", "TestSupport"]
        ),
        .testTarget(
            name: "FederationTests",
            dependencies: ["Federation", "TestSupport"],
            exclude: ["Vectors"]
        ),
        .testTarget(name: "HeadCTTests", dependencies: ["HeadCT", "TestSupport"]),
        .testTarget(
            name: "IdentityTests",
            dependencies: ["Identity", "TestSupport", asn1, certificates, crypto]
        ),
        .testTarget(name: "KillMatrixTests", dependencies: ["TestSupport", subprocess, system]),
        .testTarget(
            name: "NeuralNetworkTests",
            dependencies: ["NeuralNetwork", "TestSupport"],
            exclude: ["Vectors"]
        ),
        .testTarget(name: "RepositoryTests", dependencies: ["TestSupport", subprocess]),
        .testTarget(
            name: "SiteAgentTests",
            dependencies: [
                "AuditLog", "AuditedDatabase", "CanonicalJSON", "DICOM", "DICOMNetworking",
                "Deidentification", "Durability", "Federation", "HeadCT", "Identity",
                "NeuralNetwork", "SiteAgent", "SiteStore", "Tensors", "TestSupport", "Training",
                "WireProtocol", crypto, database, logging, subprocess, system,
            ]
        ),
        .testTarget(
            name: "SiteStoreTests",
            dependencies: [
                "AuditLog", "AuditedDatabase", "CanonicalJSON", "SiteStore", "TestSupport",
                database,
            ],
            exclude: ["Schemas"]
        ),
        .testTarget(name: "TensorsTests", dependencies: ["Tensors", "TestSupport"]),
        .testTarget(
            name: "TrainingTests",
            dependencies: [
                "Evaluation", "HeadCT", "NeuralNetwork", "Tensors", "TestSupport", "Training",
            ]
        ),
        .testTarget(
            name: "WireProtocolTests",
            dependencies: ["WireProtocol", "TestSupport"],
            exclude: ["Vectors"]
        ),
    ]
)

let targetsInC = ["CConfinement", "CKernels"]
for target in package.targets
where target.type != .system && !targetsInC.contains(target.name) {
    target.swiftSettings = settings
}
