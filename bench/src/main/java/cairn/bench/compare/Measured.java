package cairn.bench.compare;

/// What one run took.
///
/// @param seconds on the clock, from before its process was made until it ended
/// @param peak resident memory in bytes, of the largest of its processes; 0 where it has none
/// @param cpu seconds of processor time, of all its processes
record Measured(double seconds, long peak, double cpu) {}
