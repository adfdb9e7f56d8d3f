/// The words of `./strowger`: each reads its options, starts what it names, prints for people.
@NullMarked
package io.strowger.standalone.command;

import org.jspecify.annotations.NullMarked;
