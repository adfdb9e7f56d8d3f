/// Runs services in this process: one alone with its ops port, or all five with a broker.
@NullMarked
package io.strowger.standalone.platform;

import org.jspecify.annotations.NullMarked;
