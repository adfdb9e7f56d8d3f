/// One leg: a SIP dialog with its RTP session, from the order to dial to its end. [LegMachine] is
/// pure: a state and an input make a state, facts and acts. It owns the races of SIP (CANCEL
/// against 200, forked answers, glare, challenges) so that no shell has to know them.
@NullMarked
package io.strowger.worker.core.leg;

import org.jspecify.annotations.NullMarked;
