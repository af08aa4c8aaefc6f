#include "commands/commands.h"

int main(int count, char **arguments)
{
    return (int)commands_run(count, arguments);
}
