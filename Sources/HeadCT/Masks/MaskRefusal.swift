/// Why a mask or a part of it was not taken, on the way to a ``MaskIssue``.
struct MaskRefusal: Error {
    let reason: MaskIssue.Reason
}
