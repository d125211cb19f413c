/// A store's own error, made of a failure of its database.
package protocol StoreFailure: Error {
    /// The store's error for the failure.
    init(_ fault: DatabaseFault)
}
