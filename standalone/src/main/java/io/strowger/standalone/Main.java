package io.strowger.standalone;

import io.strowger.standalone.command.Strowger;

/// The entry of `./strowger`.
public final class Main {
    private Main() {}

    /// Exits with 0 when the command did its work, 1 when it failed, 2 when it was not understood.
    public static void main(String[] args) {
        System.exit(Strowger.run(args));
    }
}
