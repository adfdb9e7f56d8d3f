package io.strowger.simulation;

/// What protects the system, so that a test of the simulation can take one thing away and see that
/// it is missed.
///
/// @param fencing whether Kafka refuses commits of who was given up
/// @param epochs whether workers pass over orders for another life of theirs
/// @param leases whether workers mind their lease
/// @param repeatability whether a repeated request is the same command
/// @param parking whether the dispatcher commits only what is finished
record Wiring(
        boolean fencing, boolean epochs, boolean leases, boolean repeatability, boolean parking) {
    static final Wiring REAL = new Wiring(true, true, true, true, true);
}
