import Testing

/// Real processes on loopback, one demo after the other: two at once would only wait for each other.
@Suite(.serialized) struct EndToEndTests {}
