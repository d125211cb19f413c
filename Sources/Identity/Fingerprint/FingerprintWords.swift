import Crypto
import Foundation

/// Six words of two keys, for people to compare over the telephone (Protocol.md section 3.3).
///
/// 60 bits: a key that gives the same words as another is not found within the life of an application.
package struct FingerprintWords: Sendable, Hashable, CustomStringConvertible {
    /// The number of words.
    package static let count = 6

    /// The words, in order.
    package let words: [String]

    /// The words of a federation's root and a key to be certified.
    package init(rootSPKI: some Sequence<UInt8>, keySPKI: some Sequence<UInt8>) {
        var hash = SHA256()
        hash.update(data: Data("fed1-words\0".utf8))
        hash.update(data: Data(SHA256.hash(data: Array(rootSPKI))))
        hash.update(data: Data(SHA256.hash(data: Array(keySPKI))))
        let bits = hash.finalize().prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        words = (0..<Self.count).map { Self.list[Int(bits >> (54 - 10 * UInt64($0)) & 1023)] }
    }

    /// The words with single spaces.
    package var description: String { words.joined(separator: " ") }

    /// Whether a text typed by a person has the same words, whatever its case and spaces.
    package func match(_ text: String) -> Bool {
        text.lowercased().split(whereSeparator: { !$0.isLetter }).map(String.init) == words
    }

    /// The 1024 words, ascending; the file of the protocol's vectors has the same.
    package static let list: [String] = """
        acid acorn actor adult agent alarm album alert alley almond alpha alpine amber anchor
        angel angle ankle anthem apple april apron arcade arch arctic arena armor arrow artist
        aspen atlas atom attic august autumn avocado award axis azure bacon badge bagel baker
        balcony ballot bamboo banana band banjo banner barber bargain barley barn barrel basil
        basin basket bath baton battery bazaar bead beaver beetle bell bench beret berry bicycle
        bingo birch bird biscuit bison blanket blazer blender blossom blouse board bobcat bolt
        bonfire bonnet book border bottle boulder bowl bracket brass bread breeze brick bridge
        broom brother brush bubble bucket budget buffalo bugle builder bulb bundle bunny burger
        bus butler button buzzer cabbage cabin cable cactus cafe camel camera camp canal canary
        candle candy canoe canvas canyon captain caramel caravan carbon cargo carpet carrot cart
        castle casual cedar celery cellar cello cement census cereal chain chair chalk chapel
        charm chef cherry chess chest chicken chief chimney chip cider cinema circle circus
        citrus city clam clay cliff clinic clock cloud clover clown club coach coast cobra cocoa
        coconut coffee coin colony comet compass concert condor cone copper coral cord corner
        cottage cotton couch cougar cousin cowboy coyote crab cradle crane crater crayon cream
        cricket crown crystal cube cuckoo cupcake curtain cushion custard cycle cymbal daisy
        dance danger dawn deacon decade deer delta denim dentist desert desk diamond diary
        diesel digit dinner diploma dish diver doctor dolphin domain domino donkey door double
        dozen dragon drama drawer dream dress drill drum duchess duck dune dust eagle early
        earth easel echo eclipse editor eight elbow elder elegant elephant elevator eleven elk
        elm emblem emerald empire engine enigma envoy epoch equator eraser escort essay evening
        exhibit exit expert fabric factory falcon family famous fancy farm farmer father fathom
        feast fence fern ferry fiber fiddle field fig figure film filter finch finger fire fish
        flag flame flannel flask fleet flint flock floor flower flute foam focus folder forest
        fork fossil fountain fox frame freight frost fruit fudge funnel furnace future gadget
        galaxy gallery gallon game garage garden garlic garment garnet gate gazelle geese
        general geyser giant gift giraffe glacier glass globe glory glove glue goat goblet gold
        gondola goose gorge gorilla grain granite grape graph gravel gravity grill groom guard
        guest guide guitar gulf gull gypsum habit hammer hamster hand harbor harness harp
        harvest hat hawk hazel heart hedge helmet herald herb heron hiker hill hockey holiday
        hollow honey hood horizon horn hornet horse hotel hour house hub humor hunter hurdle
        husky hyena ice icon igloo image inch index indigo infant ink inn insect iris iron
        island ivory ivy jacket jade jaguar jar jasmine jazz jelly jersey jewel jigsaw journal
        judge juggler juice july jumbo jungle junior jury kangaroo kayak keel kennel ketchup
        kettle keyboard kidney kilo kimono king kiosk kitchen kite kiwi knight knuckle koala
        label ladder lady lagoon lake lamb lantern laptop lark laser latch laurel lava lawn
        leader leaf leather lecture legend lemon lens leopard letter level lever library lilac
        lily lime linen lion liquid lizard llama lobby lobster lodge logic lotion lotus lounge
        lunch lung lyric machine magnet mailbox major mallet mammoth mango manor mantle maple
        marathon marble margin marina market maroon marsh mascot mason mast matrix mattress
        meadow melody melon member memo menu mercury mermaid meteor metro midnight milk mimosa
        minder mineral mint minute mirror mitten mixer modem molar monday month moon moose
        mosaic moss motel mother motor movie muffin mule muscle museum music myrtle mystery
        nachos napkin nation nature navy neck nectar needle neon nephew net nickel niece nimbus
        noble noodle normal north nose note notebook novel nugget number nut nylon oak oasis
        oboe ocean octave october office olive omega omelet onion opal opera orange orbit
        orchard orchid organ origin osprey ostrich otter outfit oval oven owl oxygen oyster
        paddle page paint palace palm pancake panda panel panther papaya paper parade parcel
        park party pasta pastry patio patrol pause peach peacock peanut pear pearl pebble pedal
        pelican pencil penguin pepper perfume petal phoenix phone photo piano pickle picnic pier
        pigeon pillow pilot pioneer pipe pizza planet plank plaster plate plaza plum plumber
        pocket poem poet polka pollen pond pony poplar porch portal poster potato powder prairie
        pretzel prince printer prism profile prose proton pudding pulley pulse puma pump pumpkin
        puppet puppy purple puzzle pyramid python quail quarry quartz queen quilt quince quiver
        quota rabbit raccoon radar radio radish raft rail raisin ramp ranch raven razor recipe
        record reef reindeer relay remedy reptile rescue resort retina rhino rhubarb rhythm
        ribbon rice ring ripple river road robin robot rodeo roller roof rope rotor rubber ruby
        rudder rugby runner rustic safari saffron salad salon salt samba sandal sardine satin
        sauce sauna savanna scale scarf school science scooter scout screen sculptor seal season
        seat second sedan seed senior sequel sesame seven shadow shark sheep shelf shell sheriff
        shield ship shirt shoe shore shovel shower shrimp shuttle sierra signal silk silver
        siren sister sketch ski skirt sky slipper sloth snail snake snow soap soccer sock sofa
        soil soldier sonar soup south sparrow spatula spice spider spinach spiral sponge spoon
        spring sprout spruce squash squid stable stadium staff stage stair stallion stamp star
        statue steel stencil stereo stone stool stork storm stove straw stream street studio
        subway sugar suit summer summit sun sunday sunset swallow swan sweater swing symbol
        syrup system tablet taco tailor talent tango tank taxi teacher team teapot teddy temple
        tennis tent thimble thistle thread throne thumb thunder ticket tide tiger tile timber
        tinsel toast tobacco today tomato topaz torch tornado tortoise toucan tower town toy
        tractor trapeze tray treasure treaty tree triangle tribe tricycle trolley trophy trout
        truck trumpet tuba tulip tuna tundra turkey turnip turtle tuxedo twelve twig twin twist
        typhoon umbrella uncle unicorn uniform unit upper urban usher utensil vanilla vapor vase
        vault vector velvet vendor venue verb verse vessel veteran village vine vinegar violet
        violin visitor vitamin volcano voter vowel voyage vulture waffle wagon walnut walrus
        waltz wasp water wave wealth weekend west whale wharf wheat wheel whisker wind window
        winter wolf wombat wonder wool world worm wreath writer yacht yard yellow yoga yogurt
        young zebra zenith zero zigzag zinc zipper zodiac zone
        """.split(whereSeparator: \.isWhitespace).map(String.init)
}
