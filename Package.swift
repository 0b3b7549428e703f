// swift-tools-version: 6.2
// The target list is the architecture: arrows run down only. docs/architecture.md says why each room stands where it does.
import PackageDescription

/// Every Swift target is built with the same strict features, from the first commit on.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// Tests of the room `name`, in Tests/`name`. `data`: folders of files that are read at run time, not compiled.
func tests(_ name: String, _ dependencies: [Target.Dependency], data: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies, path: "Tests/" + name, exclude: data, swiftSettings: strict)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
  name: "zoufang",
  products: [
    .executable(name: "zoufang", targets: ["zoufang"]),
    .executable(name: "zoufangd", targets: ["zoufangd"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.6.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
  ],
  targets: [
    // C: two thin facades of ours, and module maps for kept system libraries.
    .target(name: "CTerminal", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "CTransfer", linkerSettings: [.linkedLibrary("dl")]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CYAMLLib", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CHaru", providers: [.apt(["libhpdf-dev"])]),
    .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),

    // Rooms that know nobody of ours (but the C below them).
    room("Terminal", ["CTerminal"]),
    room("XForm", ["CExpat"]),
    room("Journal", [crypto, cryptoExtras]),
    room("Relief"),
    room("Pinyin"),
    room("Comparison", ["Pinyin"]),
    room("Yaml", ["CYAMLLib"]),
    room("Commands"),
    room("Tables", ["CExpat", "CZip", "CXlsxWriter"]),

    // Where rooms meet.
    room("Derivation", ["XForm", "Relief"]),
    room("PolicyFiles", ["Yaml", "Relief"]),
    room("Departments", ["Tables", "Yaml", "Relief"]),
    room("Papers", ["Tables", "Yaml", "XForm", "Relief", "Derivation", "CHaru"]),
    room("Wire", ["Relief"]),
    room("Laptop", ["Journal", "Wire", "Relief", "XForm", "Derivation", crypto]),
    room("Sync", ["CTransfer", "Wire", "Journal", "Relief", "Laptop"]),
    room("Screens", ["Terminal", "XForm", "Relief", "Pinyin", "Derivation"]),
    room(
      "County",
      [
        "Wire", "Journal", "Relief", "XForm", "Derivation", "PolicyFiles", "Departments", "Comparison", "Papers", "Tables", crypto,
        cryptoExtras, logging,
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "X509", package: "swift-certificates"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Yams", package: "Yams"),
      ]),

    // The two programs.
    program(
      "zoufang",
      ["Commands", "Screens", "Terminal", "Laptop", "Sync", "Wire", "Journal", "Relief", "XForm", "Derivation", "PolicyFiles", arguments]),
    program(
      "zoufangd",
      ["Commands", "Comparison", "County", "Wire", "Journal", "Relief", "Derivation", "Departments", "Papers", "Tables", "Yaml", arguments, logging]),

    // What tests stand on: a terminal inside the test process, tmux beside it, golden files.
    .target(name: "CPty", path: "Tests/Support/CPty"),
    .systemLibrary(name: "CVTerm", path: "Tests/Support/CVTerm", pkgConfig: "vterm", providers: [.apt(["libvterm-dev"])]),
    .target(
      name: "Support",
      dependencies: ["CPty", "CVTerm", .product(name: "Subprocess", package: "swift-subprocess")],
      path: "Tests/Support", exclude: ["CPty", "CVTerm"], swiftSettings: strict),
    .executableTarget(
      name: "TerminalProbe", dependencies: ["Terminal"], path: "Tests/TerminalProbe", swiftSettings: strict),
    .executableTarget(name: "TableProbe", dependencies: ["Tables"], path: "Tests/TableProbe", swiftSettings: strict),

    // One folder a room, then the real programs in a real terminal.
    tests("Terminal", ["Terminal", "Support", "TerminalProbe"], data: ["Golden"]),
    tests("XForm", ["XForm"], data: ["Vectors", "Forms"]),
    tests("Journal", ["Journal"]),
    tests("Relief", ["Relief"]),
    tests("Pinyin", ["Pinyin"]),
    tests("Comparison", ["Comparison", "Pinyin"]),
    tests("Yaml", ["Yaml"]),
    tests("Tables", ["Tables", "CZip"]),
    tests("Departments", ["Departments", "Tables", "Relief", "Yaml"]),
    tests("Papers", ["Papers", "Derivation", "Tables", "XForm", "Relief", "CZip", "Yaml"]),
    tests("Policy", ["PolicyFiles", "Relief", "Yaml"], data: ["cases"]),
    tests("Derivation", ["Derivation", "XForm", "Relief"]),
    tests("Wire", ["Wire", "Relief"]),
    tests("Laptop", ["Laptop", "Journal", "Wire", "Relief", "XForm"]),
    tests(
      "Sync",
      [
        "Sync", "Wire", "Journal", "Relief", "Laptop", crypto,
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "X509", package: "swift-certificates"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
      ]),
    tests("Screens", ["Support", "Screens", "Terminal", "XForm", "Relief", "Pinyin", "Derivation"], data: ["Golden"]),
    tests(
      "County",
      [
        "County", "Papers", "Derivation", "Tables", "Wire", "Journal", "Relief", crypto, logging,
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests("Forms", ["XForm", crypto], data: ["Vectors"]),
    tests("Tidy", []),
    tests("Zoufang", ["zoufang", "Commands", "Sync", "Screens", "Terminal", "Laptop", "Journal", "Wire", "Relief", "XForm", arguments]),
    tests("Journeys", ["Support", "Laptop", "Journal", "Wire", "Relief", "Screens", "Tables", "XForm", "zoufang", "zoufangd"],
      data: ["household-of-four.md"]),
  ]
)
