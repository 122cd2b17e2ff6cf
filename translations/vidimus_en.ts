<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>Publishing</name>
    <message numerus="yes">
        <source>Licensed now in %1 and %n more.</source>
        <translation>
            <numerusform>Licensed now in %1 and %n more.</numerusform>
            <numerusform>Licensed now in %1 and %n more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) of windows contradict each other; deny wins until it is settled.</source>
        <translation>
            <numerusform>%n pair of windows contradicts each other; deny wins until it is settled.</numerusform>
            <numerusform>%n pairs of windows contradict each other; deny wins until it is settled.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n check(s) found something beyond the limit.</source>
        <translation>
            <numerusform>%n check found something beyond the limit.</numerusform>
            <numerusform>%n checks found something beyond the limit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rendition(s), made from exactly these bytes.</source>
        <translation>
            <numerusform>%n rendition, made from exactly these bytes.</numerusform>
            <numerusform>%n renditions, made from exactly these bytes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Blocked by %n gate(s)</source>
        <translation>
            <numerusform>Blocked by %n gate</numerusform>
            <numerusform>Blocked by %n gates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>set aside after %n attempt(s)</source>
        <translation>
            <numerusform>set aside after %n attempt</numerusform>
            <numerusform>set aside after %n attempts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClashPanel</name>
    <message numerus="yes">
        <source>%n to choose</source>
        <translation>
            <numerusform>%n to choose</numerusform>
            <numerusform>%n to choose</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CopyForm</name>
    <message numerus="yes">
        <source>%n new window(s)</source>
        <translation>
            <numerusform>%n new window</numerusform>
            <numerusform>%n new windows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EffectPanel</name>
    <message numerus="yes">
        <source>%n title(s) change for viewers</source>
        <translation>
            <numerusform>%n title changes for viewers</numerusform>
            <numerusform>%n titles change for viewers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FrameStrip</name>
    <message numerus="yes">
        <source>%n from the file itself</source>
        <translation>
            <numerusform>%n from the file itself</numerusform>
            <numerusform>%n from the file itself</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IssuesPanel</name>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n conflict</numerusform>
            <numerusform>%n conflicts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobsPage</name>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n operation(s) wait here and leave by themselves; nothing is lost.</source>
        <translation>
            <numerusform>%n operation waits here and leaves by itself; nothing is lost.</numerusform>
            <numerusform>%n operations wait here and leave by themselves; nothing is lost.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%n need attention</source>
        <translation>
            <numerusform>%n needs attention</numerusform>
            <numerusform>%n need attention</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlanPanel</name>
    <message numerus="yes">
        <source>%1: %n row(s) will be imported, %2 are left out; the reasons stand below.</source>
        <translation>
            <numerusform>%1: %n row will be imported, %2 are left out; the reasons stand below.</numerusform>
            <numerusform>%1: %n rows will be imported, %2 are left out; the reasons stand below.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) staged</source>
        <translation>
            <numerusform>%n edit staged</numerusform>
            <numerusform>%n edits staged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conflict(s) after</source>
        <translation>
            <numerusform>%n conflict after</numerusform>
            <numerusform>%n conflicts after</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) go dark now</source>
        <translation>
            <numerusform>%n cell goes dark now</numerusform>
            <numerusform>%n cells go dark now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n row(s) are bad, so nothing of the list is staged; the reasons stand below. Have them corrected, or choose “Leave bad rows out”.</source>
        <translation>
            <numerusform>%1: %n row is bad, so nothing of the list is staged; the reasons stand below. Have them corrected, or choose “Leave bad rows out”.</numerusform>
            <numerusform>%1: %n rows are bad, so nothing of the list is staged; the reasons stand below. Have them corrected, or choose “Leave bad rows out”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n row(s) are bad and none is good, so nothing is staged; the reasons stand below.</source>
        <translation>
            <numerusform>%1: %n row is bad and none is good, so nothing is staged; the reasons stand below.</numerusform>
            <numerusform>%1: %n rows are bad and none is good, so nothing is staged; the reasons stand below.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PublishPage</name>
    <message numerus="yes">
        <source>%n title(s)</source>
        <translation>
            <numerusform>%n title</numerusform>
            <numerusform>%n titles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blocked</source>
        <translation>
            <numerusform>%n blocked</numerusform>
            <numerusform>%n blocked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ready</source>
        <translation>
            <numerusform>%n ready</numerusform>
            <numerusform>%n ready</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Publishing</name>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blocker(s)</source>
        <translation>
            <numerusform>%n blocker</numerusform>
            <numerusform>%n blockers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In %n countries</source>
        <translation>
            <numerusform>In %n countries</numerusform>
            <numerusform>In %n countries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RailButton</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReplaceForm</name>
    <message numerus="yes">
        <source>%n window(s) have that date</source>
        <translation>
            <numerusform>%n window has that date</numerusform>
            <numerusform>%n windows have that date</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message numerus="yes">
        <source>%n left</source>
        <translation>
            <numerusform>%n left</numerusform>
            <numerusform>%n left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RightsBar</name>
    <message numerus="yes">
        <source>%n conflict(s)</source>
        <translation>
            <numerusform>%n conflict</numerusform>
            <numerusform>%n conflicts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n window(s) end within 30 days</source>
        <translation>
            <numerusform>%n window ends within 30 days</numerusform>
            <numerusform>%n windows end within 30 days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RightsGridModel</name>
    <message numerus="yes">
        <source>%1, %n window(s)</source>
        <translation>
            <numerusform>%1, %n window</numerusform>
            <numerusform>%1, %n windows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s)</source>
        <translation>
            <numerusform>%n part</numerusform>
            <numerusform>%n parts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n window(s)</source>
        <translation>
            <numerusform>%n window</numerusform>
            <numerusform>%n windows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RightsKeys</name>
    <message numerus="yes">
        <source>%n window(s) filled</source>
        <translation>
            <numerusform>%n window filled</numerusform>
            <numerusform>%n windows filled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n window(s) will be removed when the plan is applied</source>
        <translation>
            <numerusform>%n window will be removed when the plan is applied</numerusform>
            <numerusform>%n windows will be removed when the plan is applied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n window(s) copied as cells of a spreadsheet</source>
        <translation>
            <numerusform>%n window copied as cells of a spreadsheet</numerusform>
            <numerusform>%n windows copied as cells of a spreadsheet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RightsPage</name>
    <message numerus="yes">
        <source>%n edit(s) saved. Viewers see them when the outbox is sent.</source>
        <translation>
            <numerusform>%n edit saved. Viewers see them when the outbox is sent.</numerusform>
            <numerusform>%n edits saved. Viewers see them when the outbox is sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n window(s), %1 selected</source>
        <translation>
            <numerusform>%n window, %1 selected</numerusform>
            <numerusform>%n windows, %1 selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) staged. Ctrl+Z takes them back.</source>
        <translation>
            <numerusform>%n edit staged. Ctrl+Z takes them back.</numerusform>
            <numerusform>%n edits staged. Ctrl+Z takes them back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n window(s) changed, %1 new. Ctrl+Z takes it back.</source>
        <extracomment>After a paste: how many windows changed, and how many are new.</extracomment>
        <translation>
            <numerusform>%n window changed, %1 new. Ctrl+Z takes it back.</numerusform>
            <numerusform>%n windows changed, %1 new. Ctrl+Z takes it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n window(s) became one</source>
        <translation>
            <numerusform>%n window became one</numerusform>
            <numerusform>%n windows became one</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Services</name>
    <message numerus="yes">
        <source>Nothing was imported: %n row(s) of the list are bad</source>
        <translation>
            <numerusform>Nothing was imported: %n row of the list is bad</numerusform>
            <numerusform>Nothing was imported: %n rows of the list are bad</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShiftForm</name>
    <message numerus="yes">
        <source>%n window(s) move</source>
        <translation>
            <numerusform>%n window moves</numerusform>
            <numerusform>%n windows move</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusFeed</name>
    <message numerus="yes">
        <source>Offline %1, %n waiting</source>
        <extracomment>%1 is a span of time, %n counts decisions and other changes that are stored here</extracomment>
        <translation>
            <numerusform>Offline %1, %n waiting</numerusform>
            <numerusform>Offline %1, %n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message numerus="yes">
        <source>%n in outbox, all stored</source>
        <translation>
            <numerusform>%n in outbox, all stored</numerusform>
            <numerusform>%n in outbox, all stored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in outbox</source>
        <translation>
            <numerusform>%n in outbox</numerusform>
            <numerusform>%n in outbox</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need attention</source>
        <translation>
            <numerusform>%n needs attention</numerusform>
            <numerusform>%n need attention</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TerritoryModel</name>
    <message numerus="yes">
        <source>%n place(s), version %1</source>
        <extracomment>Of a territory group: how many countries it has, and its newest version.</extracomment>
        <translation>
            <numerusform>%n place, version %1</numerusform>
            <numerusform>%n places, version %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TerritoryPicker</name>
    <message numerus="yes">
        <source>Give to %n window(s)</source>
        <extracomment>Stages the chosen territory for the windows selected in the timeline.</extracomment>
        <translation>
            <numerusform>Give to %n window</numerusform>
            <numerusform>Give to %n windows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TitlePanel</name>
    <message numerus="yes">
        <source>%n block(s)</source>
        <translation>
            <numerusform>%n block</numerusform>
            <numerusform>%n blocks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warn(s)</source>
        <translation>
            <numerusform>%n warn</numerusform>
            <numerusform>%n warns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TitleWorkList</name>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>%n attempt</numerusform>
            <numerusform>%n attempts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UndoCard</name>
    <message numerus="yes">
        <source>Leaves this machine in %n s</source>
        <translation>
            <numerusform>Leaves this machine in %n s</numerusform>
            <numerusform>Leaves this machine in %n s</numerusform>
        </translation>
    </message>
</context>
</TS>
