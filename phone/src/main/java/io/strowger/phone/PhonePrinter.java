package io.strowger.phone;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Prints a line for each thing that happens at a phone, with the time of day.
public final class PhonePrinter implements PhoneListener {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private final PrintStream out;
    private final InstantSource clock;

    public PhonePrinter(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void incoming(PhoneCall call) {
        print(
                "call from "
                        + call.inviteHeader("From").orElse("unknown")
                        + call.inviteHeader("X-Server-Call-Id")
                                .map(id -> ", serverCallId " + id)
                                .orElse(""));
    }

    @Override
    public void ringing(PhoneCall call) {
        print("the far end rings");
    }

    @Override
    public void answered(PhoneCall call) {
        print("answered");
    }

    @Override
    public void keyHeard(PhoneCall call, char key) {
        print("key " + key);
    }

    @Override
    public void ended(PhoneCall call, String reason) {
        print("ended: " + reason + "; heard " + Duration.ofMillis(call.heard().length / 8L));
    }

    @Override
    public void registered(int status) {
        print(status < 300 ? "registered" : "the registrar refused with " + status);
    }

    private void print(String line) {
        out.println(
                TIME.format(LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault()))
                        + "  "
                        + line);
    }
}
