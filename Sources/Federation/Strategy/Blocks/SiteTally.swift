/// Sums, block by block, how each site's update lies to the step that was taken.
struct SiteTally {
    private let sites: [SiteID]
    private let weights: [Double]
    private var squares: [Double]
    private var products: [Double]
    private var stepSquares = 0.0

    init(sites: [SiteID], weights: [Double]) {
        self.sites = sites
        self.weights = weights
        squares = sites.map { _ in 0 }
        products = squares
    }

    /// Adds the sums of one block.
    mutating func add(_ block: UpdateBlock, step: [Double]) {
        for row in 0..<block.rows {
            squares[row] += block.squares(row: row)
            products[row] += block.dot(row: row, step)
        }
        for value in step { stepSquares += value * value }
    }

    /// A line a site, ascending by id.
    var lines: [SiteAggregation] {
        sites.indices.map { index in
            let scale = (squares[index] * stepSquares).squareRoot()
            return SiteAggregation(
                site: sites[index],
                weight: weights[index],
                norm: squares[index].squareRoot(),
                cosine: scale > 0 && scale.isFinite ? products[index] / scale : nil
            )
        }
    }
}
