package io.strowger.worker.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.contracts.api.Identifier;
import io.strowger.worker.core.route.TrunkLoad.Grant;
import io.strowger.worker.core.sip.SipUri;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrunkRoutingTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Trunk ALL = trunk("all", List.of(), 0, 0);
    private static final Trunk GERMANY = trunk("germany", List.of("+49"), 0, 2);
    private static final Trunk BERLIN = trunk("berlin", List.of("+4930", "+4931"), 3, 0);

    @Test
    void triesTheLongestPrefixFirstThenTheOrderOfSettings() {
        TrunkRouting routing = new TrunkRouting(List.of(ALL, GERMANY, BERLIN));

        assertEquals(List.of(BERLIN, GERMANY, ALL), routing.candidates(number("+493012345")));
        assertEquals(List.of(ALL), routing.candidates(number("+15550100001")));
        assertEquals(List.of(), routing.candidates(number("+49;x=1")));
        assertEquals(List.of(), routing.candidates(new Identifier.Other("4:+4930")));
    }

    @Test
    void keepsToTheChannelsOfATrunk() {
        TrunkLoad load = new TrunkLoad();
        List<Trunk> one = List.of(GERMANY);

        load.take(one, Set.of(), 0);
        load.take(one, Set.of(), 0);

        assertInstanceOf(Grant.Busy.class, load.take(one, Set.of(), 0));
        load.release("germany");
        assertEquals(new Grant.Granted(GERMANY), load.take(one, Set.of(), 0));
    }

    @Test
    void keepsToThePaceOfATrunkAndSpillsOver() {
        TrunkLoad load = new TrunkLoad();
        List<Trunk> two = List.of(BERLIN, ALL);
        for (int i = 0; i < 3; i++) {
            assertEquals(new Grant.Granted(BERLIN), load.take(two, Set.of(), 0));
        }

        assertEquals(new Grant.Granted(ALL), load.take(two, Set.of(), 0));
        assertEquals(new Grant.Granted(BERLIN), load.take(two, Set.of(), SECOND));
    }

    @Test
    void triesNoTrunkTwice() {
        TrunkLoad load = new TrunkLoad();

        assertInstanceOf(Grant.None.class, load.take(List.of(ALL), Set.of("all"), 0));
    }

    @Test
    void noticesAChannelThatIsGivenBackTwice() {
        TrunkLoad load = new TrunkLoad();
        load.take(List.of(ALL), Set.of(), 0);
        load.release("all");

        assertThrows(IllegalStateException.class, () -> load.release("all"));
    }

    private static Identifier number(String number) {
        return new Identifier.PhoneNumber(number);
    }

    private static Trunk trunk(String name, List<String> prefixes, int perSecond, int channels) {
        return new Trunk(
                name,
                SipUri.parse("sip:" + name + ".example").orElseThrow(),
                prefixes,
                List.of(),
                null,
                perSecond,
                channels,
                false);
    }
}
