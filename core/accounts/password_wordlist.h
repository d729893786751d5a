// Words for passwords that a person reads off a screen and types into a camera: four lower-case letters, easy
// to spell. Password strength depends on their number (see password.cpp). Any thread.
#pragma once

#include <array>

namespace gatehouse::accounts
{

// clang-format off
inline constexpr std::array<const char *, 381> kPasswordWords{
    "able", "acre", "aloe", "alps", "arch", "area", "atom", "aunt", "axle", "baby", "back", "bake", "ball",
    "band", "bank", "barn", "base", "bath", "bead", "beam", "bean", "bear", "beat", "beef", "bell", "belt",
    "bend", "bike", "bird", "blue", "boat", "bold", "bolt", "bone", "book", "boot", "bowl", "brim", "brow",
    "bulb", "bull", "cafe", "cage", "cake", "calf", "calm", "camp", "cane", "cape", "card", "cart", "cash",
    "cave", "chin", "city", "clam", "clay", "clip", "club", "coal", "coat", "code", "coin", "cold", "colt",
    "comb", "cone", "cook", "cool", "cord", "cork", "corn", "cove", "crab", "crew", "crow", "cube", "cuff",
    "curl", "dawn", "deck", "deep", "deer", "desk", "dial", "dice", "dime", "disk", "dock", "dome", "door",
    "dove", "drum", "duck", "dune", "dust", "echo", "edge", "face", "fair", "farm", "fast", "fern", "film",
    "fine", "fire", "firm", "fish", "flag", "flax", "flea", "flow", "foal", "foam", "fold", "folk", "fork",
    "fort", "frog", "fuel", "gate", "gift", "girl", "glad", "glow", "glue", "goat", "gold", "golf", "gong",
    "good", "gown", "grid", "grin", "grip", "gulf", "hail", "hair", "half", "hall", "hand", "hare", "harp",
    "hawk", "hazy", "heat", "herb", "herd", "hero", "high", "hill", "hive", "home", "hood", "hoof", "hook",
    "hope", "horn", "huge", "hymn", "icon", "idea", "inch", "iron", "isle", "jade", "jazz", "jeep", "join",
    "joke", "july", "jump", "june", "kale", "keel", "kelp", "kind", "king", "kite", "kiwi", "knee", "knot",
    "lace", "lake", "lamb", "lamp", "land", "lane", "lark", "lava", "lawn", "leaf", "left", "lens", "life",
    "lily", "lime", "line", "lion", "list", "loaf", "loft", "logo", "loom", "loop", "luck", "lung", "lute",
    "lynx", "mail", "main", "malt", "many", "mare", "mask", "mast", "math", "maze", "meal", "menu", "mild",
    "milk", "mill", "mind", "mint", "mist", "moat", "mole", "moon", "moss", "moth", "mule", "myth", "navy",
    "neat", "neck", "nest", "news", "nice", "noon", "nose", "note", "oaks", "oath", "oboe", "odor", "onyx",
    "opal", "open", "oval", "oven", "pace", "pack", "page", "palm", "park", "path", "peak", "pear", "peas",
    "pier", "pine", "pink", "pipe", "plan", "play", "plot", "plow", "plum", "poem", "poet", "pole", "polo",
    "pond", "pony", "pool", "port", "puma", "pump", "quay", "quiz", "race", "raft", "rail", "rain", "ramp",
    "reed", "reef", "rice", "ring", "road", "robe", "rock", "roof", "room", "root", "rope", "rose", "ruby",
    "rush", "rust", "sage", "sail", "salt", "sand", "seal", "seed", "shed", "ship", "shoe", "shop", "silk",
    "sing", "sink", "slow", "snow", "soap", "sock", "sofa", "soil", "song", "soup", "star", "stem", "step",
    "stew", "suit", "surf", "swan", "taco", "tail", "tale", "tall", "tape", "taxi", "team", "tent", "tide",
    "tile", "time", "toad", "tool", "town", "tree", "trip", "tuba", "tuna", "tune", "turf", "twig", "twin",
    "unit", "urge", "vase", "vast", "veil", "vest", "view", "vine", "vote", "wall", "warm", "wave", "west",
    "whey", "wide", "wind", "wine", "wing", "wise", "wolf", "wood", "wool", "word", "yard", "yarn", "yoga",
    "zero", "zinc", "zone", "zoom"};
// clang-format on

} // namespace gatehouse::accounts
