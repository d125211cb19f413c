import WireProtocol
import Foundation
import Identity
import Yams

/// A coordinator's settings as they stand in `coordinator.yaml`.
package struct CoordinatorSettings: Sendable, Hashable, Codable {
    /// The federation's name.
    package var federation: String
    /// The name or address that sites dial.
    package var host: String
    /// The address to listen on.
    package var bind: String
    /// The service port; 0 takes a free one.
    package var servicePort: Int
    /// The enrolment port; 0 takes a free one.
    package var enrolmentPort: Int

    /// How many operators have to approve each certificate application: 1 (if left out) or 2.
    package var approvalsRequired: Int?
    /// Who says who people are, beside certificates; nil leaves certificates alone.
    package var identityProvider: IdentityProvider?
    /// The port at which people sign in, if there is an identity provider; 0 takes a free one.
    package var peoplePort: Int?

    /// Makes settings.
    package init(
        federation: String,
        host: String,
        bind: String,
        servicePort: Int,
        enrolmentPort: Int,
        approvalsRequired: Int? = nil,
        identityProvider: IdentityProvider? = nil,
        peoplePort: Int? = nil
    ) {
        self.federation = federation
        self.host = host
        self.bind = bind
        self.servicePort = servicePort
        self.enrolmentPort = enrolmentPort
        self.approvalsRequired = approvalsRequired
        self.identityProvider = identityProvider
        self.peoplePort = peoplePort
    }

    /// Reads and checks the file.
    ///
    /// - Throws: ``CoordinatorError`` naming every wrong setting.
    package static func read(from folder: CoordinatorFolder) throws -> CoordinatorSettings {
        guard let text = try? String(contentsOf: folder.settings, encoding: .utf8) else {
            throw CoordinatorError.configuration(
                "\(folder.root.path) is not a coordinator's folder; run `fedcoordinator init` first,"
                    + " or name the folder with --directory"
            )
        }
        let settings: CoordinatorSettings
        do {
            settings = try YAMLDecoder().decode(CoordinatorSettings.self, from: text)
        } catch {
            throw CoordinatorError.configuration(
                "\(folder.settings.path) cannot be read: \(error)"
            )
        }
        try settings.validate()
        return settings
    }

    /// The names and addresses in the server certificate.
    var hosts: [String] { host == bind || bind == "0.0.0.0" ? [host] : [host, bind] }

    /// Checks names and ports.
    ///
    /// - Throws: ``CoordinatorError`` naming every wrong setting.
    package func validate() throws {
        var problems: [String] = []
        if !Party.isName(federation) {
            problems.append("federation: 1-63 of a-z, 0-9 and -, not - at the ends")
        }
        if host.isEmpty { problems.append("host: the name that sites dial is missing") }
        if let identityProvider { problems += identityProvider.problems }
        if (identityProvider == nil) != (peoplePort == nil) {
            problems.append("identityProvider and peoplePort go together")
        }
        for (name, port) in [
            ("servicePort", servicePort), ("enrolmentPort", enrolmentPort),
            ("peoplePort", peoplePort ?? 0),
        ]
        where !(0...65535).contains(port) {
            problems.append("\(name): 0 to 65535")
        }
        if !(1...2).contains(approvalsRequired ?? 1) {
            problems.append("approvalsRequired: 1, or 2 for the two-person rule")
        }
        guard problems.isEmpty else {
            throw CoordinatorError.configuration(problems.joined(separator: "; "))
        }
    }
}
