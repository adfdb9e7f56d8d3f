package io.strowger.orchestrator.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Identifier;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialPlanTest {
    private final DialPlan plan =
            new DialPlan(List.of("+49", "+43", "+4990012"), List.of("+49900", "+431"));

    @ParameterizedTest
    @CsvSource({
        "+4930123456, true",
        "+43512123456, true",
        "+49900555, false",
        "+4990012345, true",
        "+4319876543, false",
        "+15550100001, false",
        "+4, false"
    })
    void theLongestPrefixDecides(String number, boolean permitted) {
        assertEquals(permitted, plan.permits(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+49900555", "0049900555", "49900555"})
    void aDeniedNumberStaysDeniedHoweverItIsWritten(String number) {
        assertFalse(new DialPlan(List.of(), List.of("+49900")).permits(number));
    }

    @Test
    void whereBothAreAsLongTheDenialCounts() {
        assertFalse(new DialPlan(List.of("+49900"), List.of("+49900")).permits("+499001"));
    }

    @Test
    void withoutListsEveryNumberMayBeTried() {
        assertTrue(DialPlan.open().permits("+15550100001"));
    }

    @Test
    void usersAndNumbersOfOurOwnAreNotDialledOutside() {
        Directory directory =
                new Directory(
                        Map.of("+15550199000", URI.create("https://app.example/incoming")),
                        Map.of(),
                        Set.of(),
                        false,
                        List.of(),
                        plan);

        assertTrue(directory.mayRing(new Identifier.CommunicationUser("8:acs:carol")));
        assertTrue(directory.mayRing(new Identifier.PhoneNumber("+15550199000")));
        assertFalse(directory.mayRing(new Identifier.PhoneNumber("+15550199001")));
    }
}
